import { type DunningLevel } from '../invoice/dunningLevels';

/**
 * The template of a reminder that a freelancer asks for by hand: that of the level that the chase has reached. Of no
 * level itself, so that it neither moves the chase nor is dropped when the chase moves.
 */
export function manualTemplate(level: DunningLevel): 'gentle' | 'firm' | 'final' {
  switch (level) {
    case 'pending':
    case 'gentle':
      return 'gentle';
    case 'firm':
      return 'firm';
    case 'final':
    case 'agency':
      return 'final';
  }
}

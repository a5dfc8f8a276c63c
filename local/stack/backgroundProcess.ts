export interface ExitFacts {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface BackgroundProcess {
  pid: number;
  log: string;
  exited: Promise<ExitFacts>;
  hasExited: () => boolean;
  kill: (signal: NodeJS.Signals) => void;
}

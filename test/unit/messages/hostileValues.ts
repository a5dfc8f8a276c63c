interface HostileValue {
  readonly kind: string;
  readonly value: string;
  /** What a reader of the e-mail must see of it: all of it, but for what would act on the text around it. */
  readonly shown: string;
}

const literal = (kind: string, value: string): HostileValue => ({ kind, value, shown: value });

/** What people with bad intent, or with a strange name, could be called. */
export const hostileValues: readonly HostileValue[] = [
  literal('a script', '<script>alert(1)</script>'),
  literal('an attribute', '" onmouseover="alert(1)" x="'),
  literal('a closing tag', "</p></div></body>'><img src=x onerror=alert(1)>"),
  literal('a comment', '<!-- --> <![CDATA[ ]]> &lt;b&gt; &amp;amp;'),
  literal('the whole match', 'A$&B $` C'),
  literal('a group', '$1 and $2 and $$'),
  literal('a placeholder', '{{x}} ${y} <%= z %>'),
  literal('a format', '%s %d %n %00'),
  literal('a template word', '{{businessName}}'),
  literal('emoji', '🦄 Unicorn 👩‍👩‍👧 Ltd 🏴󠁧󠁢󠁥󠁮󠁧󠁿'),
  literal('Arabic', 'شركة النور للتجارة'),
  literal('Chinese', '北京设计有限公司'),
  literal('200 letters', 'Long'.repeat(50)),
  literal('200 letters in words', 'A name of many words that does not end '.repeat(5).trim()),
  literal('a word of our own', 'null undefined NaN [object Object]'),
  { kind: 'another direction', value: 'Acme \u202Egnp.exe\u2066 \u200FLtd\u061C', shown: 'Acme gnp.exe Ltd' },
  { kind: 'a header', value: 'Eve\r\nBcc: all@example.com', shown: 'Eve Bcc: all@example.com' },
  {
    kind: 'a new line',
    value: 'Eve\n\n\tPay\u2028here:\u0085x\u0000y\u001B[1m',
    shown: 'Eve Pay here: x y [1m',
  },
  { kind: 'half a surrogate pair', value: 'A\uD83DB', shown: 'A\uFFFDB' },
  { kind: 'nothing to see', value: 'A\u200B\u2060\uFEFF\u00ADB', shown: 'AB' },
];

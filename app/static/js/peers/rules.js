/** What everybody in a group has said yes to. The server's rules in policy.py; a test holds both alike. */
export const RULES = [
  "What you read here stays here. Do not pass it on.",
  "Do not try to find out who somebody is, and do not say who you are.",
  "Write about your own plan. Write about others only in general words.",
  "Be kind. You may disagree with an idea, never with a person.",
  "What worked for one family is no advice. Talk about treatment with a doctor or nurse.",
  "Nobody sells anything here.",
  "If you read that somebody is not safe, report it. Moderators look at it.",
];

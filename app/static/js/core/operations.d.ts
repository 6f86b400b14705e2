/**
 * What each operation carries. Written by tests/house/check_docs.py --write
 * from the schemas that app.factory.make_registry() registers.
 */

/** A UUID. */
export type Id = string;
/** The sha256 of a file's bytes, in lower-case hex. */
export type Sha256 = string;
/** A calendar day, "2026-11-21". */
export type Day = string;

/** Single headings of "About me"; what is not named stays. Own words are never trimmed. */
export type AboutWrite = {
  /** Text up to 10,000. */
  important?: string;
  /** Text up to 10,000. */
  people?: string;
  /** Text up to 10,000. */
  talking?: string;
  /** Text up to 10,000. */
  wellness?: string;
  /** Text up to 10,000. */
  please_do?: string;
  /** Text up to 10,000. */
  please_dont?: string;
  /** Text up to 10,000. */
  support?: string;
  /** Text up to 10,000. */
  also?: string;
  /** Text up to 10,000. */
  good_at?: string;
};

/** A file that a phone holds and will send. */
export type Announce = {
  sha256: Sha256;
  /** 1 to 2,147,483,647. */
  size: number;
  type: "image/jpeg" | "image/png" | "image/webp" | "image/heic" | "image/heif" | "application/pdf" | "application/octet-stream";
  /** Text up to 255. */
  name?: string;
};

/** Nothing but the check-in itself. */
export type CheckInRemove = Record<never, never>;

/** Single fields of a check-in; a new one names its goal, its day and how it goes. Own words are never trimmed. */
export type CheckInWrite = {
  goal?: Id;
  on?: Day;
  going?: "closer" | "same" | "harder";
  /** Text up to 10,000. */
  words?: string;
};

/** Nothing but the choice itself. */
export type ChoiceRemove = Record<never, never>;

/** Single fields of a choice; what is not named stays. Own words are never trimmed. `amount` is pence. */
export type ChoiceWrite = {
  goal?: Id | null;
  option?: Id | null;
  /** Text up to 10,000. */
  idea?: string;
  /** 0 to 999,999,999. */
  amount?: number | null;
  per?: "hour" | "visit" | "week" | "month" | "year" | "once" | null;
  pot?: Id | null;
  /** Text up to 10,000. */
  reason?: string;
  state?: "wanted" | "asked" | "agreed" | "going" | "stopped";
  /** -1,000,000 to 1,000,000. */
  position?: number;
};

/** Which side stays. `both` keeps both. */
export type Choose = {
  choice: "accepted" | "other" | "both";
};

/** Nothing but the clock itself. */
export type ClockRemove = Record<never, never>;

/** Single fields of a review clock; what is not named stays. A new one needs the funder and the first day. */
export type ClockWrite = {
  /** Text up to 200. */
  funder?: string;
  /** Text up to 200. */
  with_whom?: string;
  pot?: Id | null;
  starts_on?: Day;
  /** 1 to 13. */
  first_weeks?: number;
  /** 1 to 12. */
  every_months?: number;
  next_on?: Day | null;
  /** Text up to 10,000. */
  wants?: string;
};

/** Single fields of a promise or a plan to spend; a new one needs its pot, amount and words. */
export type CommitmentWrite = {
  pot?: Id;
  /** 1 to 999,999,999. */
  amount?: number;
  /** Text up to 500. */
  what?: string;
  goal?: Id | null;
  due_on?: Day | null;
  state?: "planned" | "committed" | "met" | "dropped";
};

/** What a correction may change. */
export type EntryChanges = {
  kind?: "contribution" | "instalment" | "paid_by_me" | "payback" | "refund" | "repayment" | "service_missed" | "service_received" | "spending" | "transfer_in" | "transfer_out";
  /** 0 to 999,999,999. */
  amount?: number;
  on?: Day;
  /** Text up to 500. */
  what?: string;
  /** Text up to 500. */
  merchant?: string | null;
  goal?: Id | null;
  /** Text up to 10,000. */
  note?: string;
  /** Text up to 500. */
  reason?: string | null;
  /** At most 20. */
  files?: Sha256[];
};

/** Take a line back and write it anew. Ids come from the phone; `other_...` is a transfer's second side. */
export type EntryCorrect = {
  changes: EntryChanges;
  entry: Id;
  reversal: Id;
  other_entry?: Id;
  other_reversal?: Id;
};

/** One new line of the ledger. */
export type EntryRecord = {
  pot: Id;
  kind: "contribution" | "instalment" | "paid_by_me" | "payback" | "refund" | "repayment" | "service_missed" | "service_received" | "spending" | "transfer_in" | "transfer_out";
  /** 0 to 999,999,999. */
  amount: number;
  on: Day;
  /** Text up to 500. */
  what: string;
  /** Text up to 500. */
  merchant?: string | null;
  goal?: Id | null;
  /** Text up to 10,000. */
  note?: string;
  /** Text up to 500. */
  reason?: string | null;
  /** At most 20. */
  files?: Sha256[];
};

/** Take a line back. */
export type EntryVoid = {
  reversal: Id;
  other_reversal?: Id;
};

/** Nothing but the goal itself. */
export type GoalRemove = Record<never, never>;

/** Single fields of a goal; what is not named stays. Own words are never trimmed. */
export type GoalWrite = {
  /** Text up to 10,000. */
  words?: string;
  /** Text up to 10,000. */
  why?: string;
  /** 1 to 10. */
  importance?: number | null;
  side?: "health" | "mental_health" | "personal" | "social" | "economic" | "educational" | "ethnic" | "cultural" | null;
  state?: "active" | "reached" | "put_by";
  /** Text up to 10,000. */
  closing_words?: string;
  /** -1,000,000 to 1,000,000. */
  position?: number;
  private?: boolean;
};

/** Which part of which example: its words, or the option of the directory that it names. */
export type IdeaBorrow = {
  group: Id;
  post: Id;
  part: "goal" | "tried" | "worked" | "worked_not" | "option";
};

/** Nothing but the idea itself. */
export type IdeaRemove = Record<never, never>;

/** The idea in own words. */
export type IdeaWrite = {
  /** Text up to 2,000. */
  words: string;
};

/** What is said quietly of a post or a member, and whether it still is. */
export type MarkWrite = {
  group: Id;
  kind: "helped" | "blocked";
  about: Id;
  on: boolean;
};

/** The period that follows. */
export type NextPeriod = {
  id: Id;
  ends_on: Day;
  /** 0 to 999,999,999. */
  agreed: number | null;
  /** 0 to 100,000. */
  agreed_visits?: number | null;
};

/** Nothing but the notice itself. */
export type NoticeRead = Record<never, never>;

/** End a period: what goes back to the funder; the rest is carried over. */
export type PeriodEnd = {
  /** 0 to 999,999,999. */
  give_back: number;
  repayment: Id;
  next?: NextPeriod | null;
};

/** Single fields of a period; a new one needs its pot and both days. */
export type PeriodWrite = {
  pot?: Id;
  starts_on?: Day;
  ends_on?: Day;
  /** 0 to 999,999,999. */
  agreed?: number | null;
  /** 0 to 100,000. */
  agreed_visits?: number | null;
};

/** Single fields of the person; what is not named stays. */
export type PersonWrite = {
  /** Text up to 100. */
  name?: string;
  colour?: "spruce" | "plum" | "blue" | "brick" | "moss" | "heather";
  photo?: Sha256 | null;
};

/** Which post, and why, as a code. */
export type PostReport = {
  group: Id;
  post: Id;
  reason: "recognise" | "harm" | "unkind" | "advert" | "other";
};

/** Move money from one pot to another. */
export type PotTransfer = {
  source: Id;
  target: Id;
  /** 1 to 999,999,999. */
  amount: number;
  on: Day;
  /** Text up to 500. */
  what: string;
  /** Text up to 10,000. */
  note?: string;
  out_entry: Id;
  in_entry: Id;
};

/** Single fields of a pot; a new one needs its name, funder, way of holding and first day. */
export type PotWrite = {
  /** Text up to 100. */
  name?: string;
  /** Text up to 100. */
  funder?: string;
  holding?: "notional" | "third_party" | "direct_payment" | "managed_account" | "prepaid_card" | "own_money";
  currency?: "GBP" | "EUR" | "AUD" | "USD";
  opened_on?: Day;
  closed_on?: Day | null;
};

/** Nothing but the reading itself. */
export type ReceiptDrop = Record<never, never>;

/** The photo to be read. */
export type ReceiptRead = {
  sha256: Sha256;
};

/** What a reviewer says about the plan; `agrees`: to the plan as it is. */
export type RemarkWrite = {
  /** Text up to 10,000. */
  words: string;
  agrees: boolean;
};

/** A review that happened: which clock it belongs to, the day, what was decided. */
export type ReviewRecord = {
  clock: Id;
  held_on: Day;
  /** Text up to 10,000. */
  said?: string;
};

/** Nothing but the review itself. */
export type ReviewRemove = Record<never, never>;

/** Single fields of a review that is written down; what is not named stays. */
export type ReviewWrite = {
  held_on?: Day;
  /** Text up to 10,000. */
  said?: string;
};

/** Nothing but the text itself. */
export type SharingAgree = Record<never, never>;

/** What the person decided: words to hide everywhere, finds to reveal, three answers, whose agreement, and whether */
export type SharingConfirm = {
  /** At most 100. */
  hidden: string[];
  /** At most 100. */
  revealed: string[];
  named: "yes" | "maybe" | "no";
  neighbour: "yes" | "maybe" | "no";
  news: "yes" | "maybe" | "no";
  agreement?: "agreed" | "cannot" | "young" | null;
  second?: boolean;
};

/** Nothing but the text itself. */
export type SharingStop = Record<never, never>;

/** A text for a group: an example in its parts, or the words of a question or an answer. Codes go with examples. */
export type SharingWrite = {
  group: Id;
  about: "example" | "question" | "answer";
  on?: Id | null;
  /** Text up to 2,000. */
  goal?: string;
  /** Text up to 2,000. */
  tried?: string;
  /** Text up to 2,000. */
  worked?: string;
  /** Text up to 2,000. */
  worked_not?: string;
  /** Text up to 2,000. */
  words?: string;
  side?: "health" | "mental_health" | "personal" | "social" | "economic" | "educational" | "ethnic" | "cultural" | null;
  outcome?: "better" | "same" | "worse" | "refused" | "waiting" | null;
  band?: "none" | "under_500" | "500_1000" | "1000_2000" | "2000_5000" | "5000_10000" | "over_10000" | null;
  option?: Id | null;
  refused_why?: "not_listed" | "cost" | "no_proof" | "other_funder" | "family" | "no_reason" | "other" | null;
  waited?: "under_month" | "one_three" | "three_six" | "six_twelve" | "over_year" | null;
  age?: "child" | "young_adult" | "adult" | "older" | null;
  area?: "north_east" | "north_west" | "yorkshire" | "east_midlands" | "west_midlands" | "east" | "london" | "south_east" | "south_west" | "scotland" | "wales" | "northern_ireland" | "elsewhere" | null;
  condition?: "learning" | "autism" | "mental_health" | "body" | "senses" | "brain" | "long_term" | "age" | null;
  money?: "none" | "under_500" | "500_1000" | "1000_2000" | "2000_5000" | "5000_10000" | "over_10000" | null;
};

/** Nothing but the step itself. */
export type StepRemove = Record<never, never>;

/** Single fields of a step; a new one names its goal. Own words are never trimmed. */
export type StepWrite = {
  goal?: Id;
  /** Text up to 10,000. */
  words?: string;
  by_when?: Day | null;
  state?: "open" | "done";
  /** -1,000,000 to 1,000,000. */
  position?: number;
};

/** Single parts of how an account wants to be reminded; what is not named stays. */
export type WishWrite = {
  on?: boolean;
  /** At most 5. */
  days?: number[];
  /** 0 to 1,439. */
  at?: number;
  /** 0 to 1,439. */
  quiet_from?: number;
  /** 0 to 1,439. */
  quiet_until?: number;
  /** Text up to 64. */
  zone?: string;
  email?: boolean;
};

/** The facts that each act takes. */
export type Operations = {
  "about.write": AboutWrite;
  "check_in.remove": CheckInRemove;
  "check_in.write": CheckInWrite;
  "choice.remove": ChoiceRemove;
  "choice.write": ChoiceWrite;
  "commitment.write": CommitmentWrite;
  "conflict.choose": Choose;
  "entry.correct": EntryCorrect;
  "entry.record": EntryRecord;
  "entry.void": EntryVoid;
  "file.announce": Announce;
  "goal.remove": GoalRemove;
  "goal.write": GoalWrite;
  "idea.borrow": IdeaBorrow;
  "idea.remove": IdeaRemove;
  "idea.write": IdeaWrite;
  "mark.write": MarkWrite;
  "notice.read": NoticeRead;
  "period.end": PeriodEnd;
  "period.write": PeriodWrite;
  "person.write": PersonWrite;
  "post.report": PostReport;
  "pot.transfer": PotTransfer;
  "pot.write": PotWrite;
  "receipt.drop": ReceiptDrop;
  "receipt.read": ReceiptRead;
  "remark.write": RemarkWrite;
  "reminder_wish.write": WishWrite;
  "review.record": ReviewRecord;
  "review.remove": ReviewRemove;
  "review.write": ReviewWrite;
  "review_clock.remove": ClockRemove;
  "review_clock.write": ClockWrite;
  "sharing.agree": SharingAgree;
  "sharing.confirm": SharingConfirm;
  "sharing.stop": SharingStop;
  "sharing.write": SharingWrite;
  "step.remove": StepRemove;
  "step.write": StepWrite;
};

/** The name of an act. */
export type ActName = keyof Operations;

/** The facts of one act. */
export type FactsOf<Name extends ActName> = Operations[Name];

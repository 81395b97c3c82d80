export type {Candidate, Completion, CompletionRequest, CompletionSources} from './completion.ts';

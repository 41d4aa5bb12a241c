package dev.argosy.scheduler;

import dev.argosy.scheduler.filter.Rejecter;
import dev.argosy.scheduler.filter.Verdict;

/** Which filter kept a pod from a node, and why. */
record Rejection(Rejecter by, Verdict.Rejected verdict) {}

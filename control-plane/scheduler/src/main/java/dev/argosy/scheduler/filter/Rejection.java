package dev.argosy.scheduler.filter;

/** Which filter kept a pod from a node, and why. */
public record Rejection(Rejecter by, Verdict.Rejected verdict) {}

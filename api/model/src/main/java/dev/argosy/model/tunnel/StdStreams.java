package dev.argosy.model.tunnel;

/**
 * Which standard streams a session wants.
 *
 * @param tty a terminal; then stdout and stderr are one
 */
public record StdStreams(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

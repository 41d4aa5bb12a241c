package dev.argosy.controllers.pod;

/** A named container port. */
public record PodPort(String name, int port, String protocol) {}

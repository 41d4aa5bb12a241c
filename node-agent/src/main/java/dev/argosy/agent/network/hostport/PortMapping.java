package dev.argosy.agent.network.hostport;

/** Where a port of the machine leads within a pod. */
public record PortMapping(HostPort front, int containerPort) {}

package dev.argosy.server.registry;

import tools.jackson.databind.node.ObjectNode;

/**
 * One of several objects that come into being together.
 *
 * @param write of a name that is still to be found in the object
 */
public record Birth(Write write, ObjectNode object) {}

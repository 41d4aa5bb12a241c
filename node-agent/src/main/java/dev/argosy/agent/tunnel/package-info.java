/**
 * The node's end of the tunnel: dials every API server and hands the streams that they open to a
 * handler. Owns one connection for each server; a virtual thread each, which dials again with
 * growing, jittered pauses for as long as the agent lives.
 */
@NullMarked
package dev.argosy.agent.tunnel;

import org.jspecify.annotations.NullMarked;

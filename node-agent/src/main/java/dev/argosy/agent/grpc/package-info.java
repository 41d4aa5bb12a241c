/**
 * gRPC over Unix sockets, for the interfaces of a node: what the agent calls (CRI), and what calls
 * the agent. Messages are {@linkplain dev.argosy.agent.grpc.Message read} and {@linkplain
 * dev.argosy.agent.grpc.MessageBuilder written} by field number, with no generated classes; the
 * names behind the numbers stand where they are used.
 *
 * <p>grpc-java and Netty are named here only. A channel and a server own a thread each; calls block
 * the thread that makes them and may come from any.
 */
@NullMarked
package dev.argosy.agent.grpc;

import org.jspecify.annotations.NullMarked;

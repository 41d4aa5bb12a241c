/**
 * Ports of the machine that lead to pods ({@code hostPort}): what they are, which of them exclude
 * each other, and the kernel's table that leads connections on. The table belongs to {@link
 * dev.argosy.agent.network.hostport.PublishedPorts} alone. Any thread.
 */
@NullMarked
package dev.argosy.agent.network.hostport;

import org.jspecify.annotations.NullMarked;

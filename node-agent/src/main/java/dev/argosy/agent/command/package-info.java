/** Runs programs of the node, such as {@code ip} and {@code nft}. Stateless; any thread. */
@NullMarked
package dev.argosy.agent.command;

import org.jspecify.annotations.NullMarked;

/**
 * How a machine becomes a node: with a join token it asks for a client certificate, keeps it in its
 * data folder (readable by its owner only), and asks anew before it ends. The private key never
 * leaves the machine.
 */
@NullMarked
package dev.argosy.agent.join;

import org.jspecify.annotations.NullMarked;

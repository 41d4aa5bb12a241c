/**
 * An agent that dies as by {@code kill -9}, at each of its effects in turn, and what the one after
 * it makes of what is left. Effects are calls of the engine, the network and the API that change
 * something, and changes of files of the data folder. And a node whose storage driver dies, for
 * tests of a whole server.
 */
@NullMarked
package dev.argosy.agent.fault;

import org.jspecify.annotations.NullMarked;

package dev.argosy.agent.pod.probe;

import dev.argosy.model.time.Timers;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What all probes of a node share.
 *
 * @param threads where questions are asked; each may block
 * @param random spreads the probes of containers that are taken over
 */
record ProbeMeans(
    Probing.Question question, Timers timers, Executor threads, RandomGenerator random) {}

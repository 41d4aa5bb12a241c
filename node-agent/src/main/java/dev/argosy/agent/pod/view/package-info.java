/**
 * A pod as the agent needs it: small immutable values read once per revision. Wire trees are kept
 * where a later step reads many fields; nobody changes them. Any thread.
 */
@NullMarked
package dev.argosy.agent.pod.view;

import org.jspecify.annotations.NullMarked;

package dev.argosy.agent.pod.room;

import dev.argosy.agent.pod.view.PodView;

/** A pod that the node has taken, with what it was given. */
record Taken(PodView pod, Demand demand) {}

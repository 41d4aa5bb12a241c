package dev.argosy.scheduler;

import dev.argosy.scheduler.profile.Profiles;

/** How pods are scheduled in one term, and who else is asked. */
record Rules(Profiles profiles, ExtenderCalls calls) {}

/**
 * Everything that the kernel tells of this node and its containers, read when somebody asks: a few
 * small files for each container, never the engine's own figures. {@code StatsReader} reads, {@code
 * SummaryPage} and the pages of metrics write. What folders hold is counted by {@code DiskLooks},
 * beside and not more often than it is allowed to. Any thread may ask.
 */
@NullMarked
package dev.argosy.agent.stats;

import org.jspecify.annotations.NullMarked;

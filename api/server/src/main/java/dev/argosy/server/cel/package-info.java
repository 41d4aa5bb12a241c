/**
 * CEL as Kubernetes has it: expressions are compiled against an {@link CelEnvironment} into {@link
 * CelProgram}s, which are evaluated over JSON trees within a {@link CelBudget}. Parsing and type
 * checking are dev.cel's; evaluation, Kubernetes' function libraries and the counting of cost are
 * in the packages below.
 *
 * <p>Environments and programs are immutable but for a bounded cache of programs inside each
 * environment; all threads may enter. Nothing here knows of HTTP, stores or clusters.
 */
@NullMarked
package dev.argosy.server.cel;

import org.jspecify.annotations.NullMarked;

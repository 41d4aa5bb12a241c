/**
 * What the agent writes down beside what it is about, so that the next one knows it. Without state;
 * each file belongs to whoever owns what it tells of.
 */
@NullMarked
package dev.argosy.agent.kept;

import org.jspecify.annotations.NullMarked;

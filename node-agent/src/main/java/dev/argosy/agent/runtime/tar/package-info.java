/** Archives in memory, as engines take images. A tar file belongs to the thread that writes it. */
@NullMarked
package dev.argosy.agent.runtime.tar;

import org.jspecify.annotations.NullMarked;

package dev.argosy.model.informer;

import java.util.Collection;
import java.util.function.Function;

/**
 * A way to find objects.
 *
 * @param name how it is asked for
 * @param values the values under which an object is found; must depend on the object only
 */
public record Index<T>(String name, Function<? super T, ? extends Collection<String>> values) {}

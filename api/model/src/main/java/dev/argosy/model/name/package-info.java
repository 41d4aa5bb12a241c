/**
 * What names, labels and similar texts of the API must look like, with the messages that clients
 * see. Pure functions without regular expressions, since they run on every write.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object
 *     Names and IDs</a>
 */
@NullMarked
package dev.argosy.model.name;

import org.jspecify.annotations.NullMarked;

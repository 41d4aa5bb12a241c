/**
 * What types and fields mean, in the words of the Kubernetes documentation. The words come from a
 * library at build time ({@code DescriptionWriter}, which is not part of the jar) and are read only
 * when someone asks for OpenAPI documents.
 */
@NullMarked
package dev.argosy.model.schema.description;

import org.jspecify.annotations.NullMarked;

/**
 * What a tenant is: the value that everybody reads, and its row. Values have no state of their own;
 * rows are written by one transaction at a time, see {@link dev.argosy.tenancy.objects}.
 */
@NullMarked
package dev.argosy.tenancy.tenant;

import org.jspecify.annotations.NullMarked;

/**
 * Services that have a say in where pods go, asked over HTTP as Kubernetes' scheduler asks them.
 * They are asked on threads of their own, never on the scheduler's.
 *
 * @see <a
 *     href="https://pkg.go.dev/k8s.io/kube-scheduler/extender/v1">k8s.io/kube-scheduler/extender/v1</a>
 */
@NullMarked
package dev.argosy.scheduler.extender;

import org.jspecify.annotations.NullMarked;

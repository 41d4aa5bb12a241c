package dev.argosy.tenancy.member;

import dev.argosy.tenancy.objects.Projection;

/** Member objects as rows of {@code member}. */
public final class MemberProjection {

  private MemberProjection() {}

  public static Projection<?, ?> create() {
    return new Projection<>(Member.RESOURCE, MemberRow.class, Member::of, MemberRow::new);
  }
}

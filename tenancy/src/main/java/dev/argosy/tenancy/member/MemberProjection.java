package dev.argosy.tenancy.member;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.objects.Projection;
import jakarta.persistence.EntityManager;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Member objects as rows of {@code member}. */
public final class MemberProjection implements Projection {

  /** The entity classes of this package. */
  public static List<Class<?>> entities() {
    return List.of(MemberRow.class);
  }

  @Override
  public GroupResource resource() {
    return Member.RESOURCE;
  }

  @Override
  public void put(EntityManager entities, ObjectNode object) {
    Member member = Member.of(object);
    MemberRow row = entities.find(MemberRow.class, member.name());
    if (row == null) {
      row = new MemberRow(member.name());
      row.become(member);
      entities.persist(row);
    } else {
      row.become(member);
    }
  }

  @Override
  public void remove(EntityManager entities, ObjectKey key) {
    MemberRow row = entities.find(MemberRow.class, key.name());
    if (row != null) {
      entities.remove(row);
    }
  }
}

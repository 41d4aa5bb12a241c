package dev.argosy.tenancy;

import dev.argosy.tenancy.breakglass.BreakGlassProjection;
import dev.argosy.tenancy.member.MemberProjection;
import dev.argosy.tenancy.member.ServiceClientProjection;
import dev.argosy.tenancy.objects.ObjectRepository;
import dev.argosy.tenancy.objects.Projection;
import dev.argosy.tenancy.role.AccessGrantProjection;
import dev.argosy.tenancy.role.CustomRoleProjection;
import dev.argosy.tenancy.tenant.TenantProjection;
import java.util.List;
import java.util.stream.Stream;

/** Everything that the platform keeps in PostgreSQL. */
public final class PlatformSchema {

  private PlatformSchema() {}

  /** All entity classes. */
  public static List<Class<?>> entities() {
    return Stream.of(
            ObjectRepository.entities().stream(), projections().stream().map(Projection::row))
        .<Class<?>>flatMap(classes -> classes)
        .toList();
  }

  /** The platform's kinds with typed rows. */
  public static List<Projection<?, ?>> projections() {
    return List.of(
        TenantProjection.create(),
        CustomRoleProjection.create(),
        MemberProjection.create(),
        ServiceClientProjection.create(),
        AccessGrantProjection.create(),
        BreakGlassProjection.create());
  }
}

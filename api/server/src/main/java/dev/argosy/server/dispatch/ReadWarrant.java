package dev.argosy.server.dispatch;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.NodeIdentity;
import dev.argosy.server.access.Reach;
import dev.argosy.server.watch.Warrant;

/** The right of a user to watch what they asked for, all of it or a part. */
final class ReadWarrant implements Warrant {

  private final Authorizer authorizer;
  private final Attributes asked;
  private volatile Reach reach;

  private ReadWarrant(Authorizer authorizer, Attributes asked, Reach reach) {
    this.authorizer = authorizer;
    this.asked = asked;
    this.reach = reach;
  }

  static Warrant of(Authorizer authorizer, Attributes asked, Reach reach) {
    return reach.whole() && ofPlatform(asked.user())
        ? NO_LIMIT
        : new ReadWarrant(authorizer, asked, reach);
  }

  /** Loops of the platform and agents of nodes, whose rights are no objects. */
  private static boolean ofPlatform(UserInfo user) {
    boolean anywhere =
        ClusterScope.of(user).filter(c -> !c.equals(ClusterDirectory.ROOT)).isEmpty();
    return (anywhere && user.inGroup(UserInfo.SYSTEM_MASTERS)) || NodeIdentity.agent(user);
  }

  @Override
  public boolean limited() {
    return true;
  }

  @Override
  public String cluster() {
    return asked.cluster();
  }

  @Override
  public boolean holds() {
    Reach then = reach;
    if (then.whole()) {
      return authorizer.authorize(asked).allowed();
    }
    if (authorizer.history().stamp(asked.cluster()).equals(then.asOf())) {
      return true;
    }
    if (authorizer.authorize(asked).allowed()) {
      return false;
    }
    Reach now = authorizer.reach(asked);
    if (!now.showsAs(then)) {
      return false;
    }
    reach = now;
    return true;
  }
}

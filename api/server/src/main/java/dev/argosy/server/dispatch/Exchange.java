package dev.argosy.server.dispatch;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.answer.Pace;
import dev.argosy.server.answer.Recipient;
import dev.argosy.server.audit.AuditContext;
import dev.argosy.server.connect.RemotePaths;
import dev.argosy.server.deadline.Deadline;
import dev.argosy.server.flowcontrol.Passage;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.request.RequestInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One HTTP request with what has been found out about it so far. Belongs to one thread. */
final class Exchange {

  static final UserInfo ANONYMOUS =
      new UserInfo("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

  private static final Pattern NOTHING_OF_IT = Pattern.compile("\\s*q=0(\\.0*)?\\s*");
  private static final Pattern AUDIT_ID = Pattern.compile("[-0-9A-Za-z]{1,64}");

  final String id;
  final HttpServletRequest request;
  final HttpServletResponse response;

  private RequestInfo info = NOTHING;
  private QueryParams query = QueryParams.parse("");
  private UserInfo user = ANONYMOUS;
  private @Nullable UserInfo impersonator;
  private Deadline deadline = Deadline.NONE;
  private @Nullable Passage passage;
  private GatedReads.@Nullable Passed passed;
  private String cluster = ClusterDirectory.ROOT;
  private AuditContext audit = AuditContext.NONE;
  private @Nullable Status refusal;
  private boolean audited;
  private long bytes;
  private final long began = System.nanoTime();
  private LogicalCluster logicalCluster =
      new LogicalCluster(ClusterDirectory.ROOT, "", Phase.ACTIVE, Set.of());

  private static final RequestInfo NOTHING =
      new RequestInfo(java.util.Optional.empty(), "", "", "", "", "", "", "", "", "");

  /** An exchange; the client may give it a name (header {@code Audit-ID}). */
  Exchange(HttpServletRequest request, HttpServletResponse response) {
    String given = request.getHeader("Audit-ID");
    this.id = given != null && AUDIT_ID.matcher(given).matches() ? given : newId();
    this.request = request;
    this.response = response;
  }

  /** A UUID of version 4. It is no secret, so requests need not wait for a secure generator. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong() & ~0xf000L | 0x4000L;
    long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  void routed(RequestInfo found, QueryParams parameters) {
    info = found;
    query = parameters;
  }

  void identified(UserInfo who, String where) {
    user = who;
    cluster = where;
  }

  void actingAs(UserInfo other) {
    audit.actingAs(other);
    impersonator = user;
    user = other;
  }

  void due(Deadline when) {
    deadline = when;
  }

  /** When it must be answered. */
  Deadline deadline() {
    return deadline;
  }

  void seated(Passage where) {
    passage = where;
  }

  /** How it was classified; null if it needs no seat. */
  @Nullable Passage passage() {
    return passage;
  }

  /** Gives its seat back, if it has one; the second time does nothing. */
  void leaveSeat() {
    if (passage != null) {
      passage.leave();
    }
  }

  void passed(GatedReads.Passed what) {
    passed = what;
  }

  /**
   * What was allowed.
   *
   * @throws IllegalStateException if nothing was
   */
  GatedReads.Passed passed() {
    if (passed == null) {
      throw new IllegalStateException("the request has not passed the gate");
    }
    return passed;
  }

  void located(LogicalCluster found) {
    logicalCluster = found;
  }

  /** Its sender is known, and so is what is kept of it. */
  void audited(AuditContext context) {
    audit = context;
    audited = true;
  }

  boolean isAudited() {
    return audited;
  }

  AuditContext audit() {
    return audit;
  }

  /** It is answered with this refusal. */
  void refused(Status status) {
    refusal = status;
  }

  @Nullable Status refusal() {
    return refusal;
  }

  /** How many bytes the answer had before it was compressed. */
  void sent(long count) {
    bytes = count;
  }

  long bytes() {
    return bytes;
  }

  /** How long ago it came, in nanoseconds. */
  long age() {
    return System.nanoTime() - began;
  }

  RequestInfo info() {
    return info;
  }

  QueryParams query() {
    return query;
  }

  UserInfo user() {
    return user;
  }

  @Nullable UserInfo impersonator() {
    return impersonator;
  }

  /** The name of the logical cluster meant; {@code *} for all. */
  String cluster() {
    return cluster;
  }

  /** What is known by now, for those who serve other group versions. */
  RemotePaths.Asked asked() {
    return new RemotePaths.Asked(info, cluster, user, id);
  }

  LogicalCluster logicalCluster() {
    return logicalCluster;
  }

  String header(String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }

  boolean allClusters() {
    return cluster.equals("*");
  }

  /** Whether people read the answer. */
  boolean pretty() {
    if (query.has("pretty")) {
      return query.flag("pretty");
    }
    String agent = header("User-Agent");
    return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
  }

  /** Who is answered, at the pace that the request's seat allows. */
  Recipient recipient() {
    return new Recipient(
        response, takesGzip(), passage == null ? Pace.EAGER : new SeatPace(passage));
  }

  private boolean takesGzip() {
    for (String entry : header("Accept-Encoding").split(",")) {
      String[] coding = entry.split(";");
      String name = coding[0].strip();
      if (name.equals("gzip") || name.equals("*")) {
        return coding.length == 1 || !NOTHING_OF_IT.matcher(coding[1]).matches();
      }
    }
    return false;
  }
}

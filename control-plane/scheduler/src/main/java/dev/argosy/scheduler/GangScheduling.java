package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.filter.Rejecter;
import dev.argosy.scheduler.gang.Gang;
import dev.argosy.scheduler.gang.GangRejecter;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Victims;
import dev.argosy.scheduler.queue.SchedulingQueue;
import dev.argosy.scheduler.queue.WaitingPod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides for all members of a gang at once: enough of them get nodes, or none does. Members beyond
 * that are placed one by one, as other pods. One thread.
 */
final class GangScheduling {

  /**
   * Why members wait.
   *
   * @param detail the same for programs; empty if there is no more to say
   */
  private record Why(String message, String detail) {}

  private final GangTrial.Tools tools;
  private final GangHearing hearing;
  private final SchedulingQueue queue;
  private final Orders orders;
  private final Timers timers;
  private final Consumer<WaitingPod> alone;

  /**
   * @param alone places a pod that its gang does not hold back
   */
  GangScheduling(
      GangTrial.Tools tools,
      GangHearing hearing,
      SchedulingQueue queue,
      Orders orders,
      Timers timers,
      Consumer<WaitingPod> alone) {
    this.tools = tools;
    this.hearing = hearing;
    this.queue = queue;
    this.orders = orders;
    this.timers = timers;
    this.alone = alone;
  }

  /** The turn of one member has come, and with it that of all. */
  void decide(Gang gang, WaitingPod first) {
    if (hearing.joins(gang, first)) {
      return;
    }
    Optional<String> incomplete = gang.incomplete();
    if (incomplete.isPresent()) {
      hearing.decided(gang);
      awaitMembers(gang, first, incomplete.get());
      return;
    }
    Map<ObjectKey, WaitingPod> members = members(gang, first);
    List<PodView> pods = members.values().stream().map(WaitingPod::pod).toList();
    GangTrial trial = new GangTrial(tools, pods, gang.missing());
    boolean fits = trial.fill();
    Optional<GangTrial> otherwise = fits ? Optional.empty() : trial.otherwise();
    if (otherwise.isPresent()) {
      trial.undo();
      trial = otherwise.get();
      fits = trial.fill();
    }
    if (!fits) {
      makeRoom(gang, trial, first, members);
    } else if (!GangReserve.isThere(gang, trial.seats(), tools)) {
      trial.undo();
      hearing.decided(gang);
      String why = gang.says("what its minResources ask for is not free");
      hold(first, members, GangRejecter.shortage(), new Why(why, ""));
    } else if (trial.questions().isEmpty()) {
      hearing.decided(gang);
      keep(gang, trial, members);
    } else {
      trial.undo();
      hearing.ask(gang, members, trial.questions());
    }
  }

  /** All that wait, wherever in the queue; the first ones first. */
  private Map<ObjectKey, WaitingPod> members(Gang gang, WaitingPod first) {
    Map<ObjectKey, WaitingPod> members = new LinkedHashMap<>();
    for (PodView pod : gang.waiting()) {
      Optional<WaitingPod> member =
          pod.key().equals(first.pod().key()) ? Optional.of(first) : queue.take(pod.key());
      member.ifPresent(m -> members.put(pod.key(), m));
    }
    return members;
  }

  /**
   * Each one is told when it comes; all are told by their first, which is tried again for each that
   * comes, after its pause: so a gang of many costs few words.
   */
  private void awaitMembers(Gang gang, WaitingPod first, String why) {
    if (gang.leads(first.pod())) {
      hold(first, members(gang, first), GangRejecter.incomplete(), new Why(why, ""));
      return;
    }
    Map<ObjectKey, WaitingPod> one = Map.of(first.pod().key(), first);
    hold(first, one, GangRejecter.incomplete(), new Why(why, ""));
    gang.waiting().stream().findFirst().ifPresent(leader -> queue.retry(leader.key()));
  }

  private void hold(WaitingPod first, Map<ObjectKey, WaitingPod> members, Rejecter by, Why why) {
    for (WaitingPod member : members.values()) {
      queue.reject(member, Set.of(by), timers.now());
      tell(member.pod(), why, "", member == first);
    }
  }

  private void tell(PodView pod, Why why, String nominated, boolean anyway) {
    boolean news = !pod.told().equals(why.message());
    if (anyway || news || !pod.rank().nominated().equals(nominated)) {
      orders.tell(pod, why.message(), news ? why.detail() : "", nominated);
    }
  }

  private void keep(Gang gang, GangTrial trial, Map<ObjectKey, WaitingPod> members) {
    List<GangTrial.Seat> seats = trial.seats();
    for (GangTrial.Seat seat : seats) {
      tools.preempting().forget(seat.pod().key());
      gang.placed(seat.pod());
    }
    for (GangTrial.Seat seat : seats) {
      WaitingPod member = members.remove(seat.pod().key());
      if (member != null) {
        queue.changed(Change.of(ClusterChange.POD_PLACED, seat.pod()));
        tools.preempting().after(seat.pod()).forEach(queue::retry);
        orders.bind(member, seat.node());
      }
    }
    members.values().forEach(alone);
  }

  /** Nobody has to go unless the gang becomes whole by it. */
  private void makeRoom(
      Gang gang, GangTrial trial, WaitingPod first, Map<ObjectKey, WaitingPod> members) {
    Why why = why(gang, trial, first);
    if (members.values().stream().anyMatch(m -> tools.preempting().awaits(m.pod()).isPresent())) {
      trial.undo();
      hearing.decided(gang);
      awaitRoom(trial, first, members, why);
      return;
    }
    members.keySet().forEach(tools.preempting()::forget);
    boolean enough = trial.force();
    trial.undo();
    members.keySet().forEach(tools.preempting()::forget);
    if (enough && !trial.questions().isEmpty()) {
      hearing.ask(gang, members, trial.questions());
      return;
    }
    hearing.decided(gang);
    if (enough) {
      trial.seats().forEach(this::claim);
      awaitRoom(trial, first, members, why);
    } else {
      hold(first, members, trial.rejecter(), why);
    }
  }

  private Why why(Gang gang, GangTrial trial, WaitingPod first) {
    int least = gang.group().map(PodGroup::minMember).orElse(1);
    String message =
        gang.says("there is no room for " + least + " members together; " + trial.why());
    boolean told = first.pod().told().equals(message);
    return new Why(message, told ? "" : trial.detail(timers.now()));
  }

  private void awaitRoom(
      GangTrial trial, WaitingPod first, Map<ObjectKey, WaitingPod> members, Why why) {
    Rejecter by = trial.rejecter();
    for (WaitingPod member : members.values()) {
      queue.await(member, Set.of(by), timers.now());
      String node = tools.nominations().of(member.pod().key()).orElse("");
      tell(member.pod(), why, node, member == first);
    }
  }

  /** Room is kept for each member, also where nobody has to go. */
  private void claim(GangTrial.Seat seat) {
    PodView pod = seat.pod();
    Victims victims = seat.victims().orElseGet(() -> new Victims(seat.node(), List.of(), 0));
    Preempting.Outcome.Evict claimed = tools.preempting().claim(pod, victims);
    orders.evict(pod, claimed.victims());
    claimed
        .displaced()
        .forEach(other -> {
          orders.tell(other, other.told(), "");
          queue.retry(other.key());
        });
  }
}

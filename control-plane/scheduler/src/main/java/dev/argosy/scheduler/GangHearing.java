package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.Timers;
import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.gang.Gang;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.queue.SchedulingQueue;
import dev.argosy.scheduler.queue.WaitingPod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What extenders say of members of gangs. A trial takes nodes of which they have not said anything
 * for good; before it is kept they are asked about these, each member by itself, while nothing is
 * held and the gang is in no queue. Then its turn comes again, and what they said counts for that
 * one and further questions of it. One thread.
 */
final class GangHearing {

  /** One gang, as long as somebody is asked about its members or their answers count. */
  private static final class Round {
    private final Gang gang;
    private final Set<ObjectKey> pods = new HashSet<>();
    private final Map<ObjectKey, Advice> known = new HashMap<>();

    /** Those that are in no queue meanwhile. */
    private final Map<ObjectKey, WaitingPod> members = new LinkedHashMap<>();

    private final Set<ObjectKey> open = new HashSet<>();

    Round(Gang gang) {
      this.gang = gang;
    }
  }

  /** Nobody has said anything of any node. */
  private static final Advice OPEN = Advice.NONE.forRoomToBeMade();

  private final Asking asking;
  private final SchedulingQueue queue;
  private final Orders orders;
  private final Timers timers;
  private final Map<ObjectKey, Round> rounds = new HashMap<>();
  private final Map<ObjectKey, Round> of = new HashMap<>();

  GangHearing(Asking asking, SchedulingQueue queue, Orders orders, Timers timers) {
    this.asking = asking;
    this.queue = queue;
    this.orders = orders;
    this.timers = timers;
  }

  /**
   * The attempt of a member with what was said of it. Nobody goes for one if others would have to
   * be heard about that.
   */
  Attempt attempt(PodView pod, Attempt plain) {
    Attempt attempt = asking.concernsRoomFor(pod) ? plain.withoutPreemption() : plain;
    if (!asking.concerns(pod)) {
      return attempt;
    }
    Round round = of.get(pod.key());
    return attempt.with(round == null ? OPEN : round.known.getOrDefault(pod.key(), OPEN));
  }

  /** Whether somebody is asked about the gang; a member that comes now waits for that, too. */
  boolean joins(Gang gang, WaitingPod member) {
    Round round = rounds.get(gang.key());
    if (round == null || round.open.isEmpty()) {
      return false;
    }
    add(round, member);
    return true;
  }

  /**
   * Asks about members, and has all come again when there are answers.
   *
   * @param members all that wait; they are in no queue
   * @param questions the nodes in question, by member; at least one
   */
  void ask(Gang gang, Map<ObjectKey, WaitingPod> members, Map<ObjectKey, List<String>> questions) {
    Round round = rounds.get(gang.key());
    if (round == null) {
      Round begun = new Round(gang);
      rounds.put(gang.key(), begun);
      orders.later(gang.patience(), () -> expired(begun));
      round = begun;
    }
    for (WaitingPod member : members.values()) {
      add(round, member);
    }
    round.open.addAll(questions.keySet());
    for (Map.Entry<ObjectKey, List<String>> question : questions.entrySet()) {
      put(round, question.getKey(), question.getValue());
    }
  }

  private void add(Round round, WaitingPod member) {
    ObjectKey key = member.pod().key();
    round.members.put(key, member);
    round.pods.add(key);
    of.put(key, round);
  }

  private void put(Round round, ObjectKey member, List<String> nodes) {
    WaitingPod waiting = round.members.get(member);
    if (waiting != null) {
      asking.beginsForMember(waiting, nodes, (pod, advice) -> answered(round, member, advice));
    }
  }

  private void answered(Round round, ObjectKey member, Optional<Advice> advice) {
    if (!round.open.remove(member)) {
      return;
    }
    if (advice.isEmpty()) {
      fail(round, Asking.NO_ANSWER);
      return;
    }
    round.known.merge(member, advice.get().forRoomToBeMade(), Advice::and);
    goOn(round);
  }

  /** All have answered: the gang's turn comes again, as things are then. */
  private void goOn(Round round) {
    if (round.open.isEmpty()) {
      List<WaitingPod> members = List.copyOf(round.members.values());
      round.members.clear();
      members.forEach(queue::again);
    }
  }

  /** Its members are tried again after their pause, and what was said of them counts no more. */
  private void fail(Round round, String why) {
    List<WaitingPod> members = List.copyOf(round.members.values());
    end(round);
    String message = round.gang.says(why);
    for (WaitingPod member : members) {
      queue.fail(member, timers.now());
      if (!member.pod().told().equals(message)) {
        orders.tell(member.pod(), message, member.pod().rank().nominated());
      }
    }
  }

  private void expired(Round round) {
    if (rounds.get(round.gang.key()) == round) {
      fail(
          round,
          "its members were asked about for " + round.gang.patience().toSeconds() + " s in vain");
    }
  }

  /** It was decided about the gang: what was said counts no more. */
  void decided(Gang gang) {
    Round round = rounds.get(gang.key());
    if (round != null) {
      end(round);
    }
  }

  private void end(Round round) {
    rounds.remove(round.gang.key());
    round.pods.forEach(pod -> of.remove(pod, round));
    round.open.forEach(asking::drop);
    round.open.clear();
    round.members.clear();
  }

  /** A pending pod was seen; answers whether it waits here, and nothing need be done. */
  boolean keeps(PodView pod) {
    Round round = of.get(pod.key());
    if (round == null) {
      return false;
    }
    WaitingPod before = round.members.get(pod.key());
    if (before == null) {
      return false;
    }
    if (!Asking.same(before.pod(), pod)) {
      drop(pod.key());
      return false;
    }
    round.members.put(pod.key(), before.with(pod));
    return true;
  }

  /** What is said of the pod is of no interest any more. */
  void drop(ObjectKey pod) {
    Round round = of.remove(pod);
    if (round == null) {
      return;
    }
    round.pods.remove(pod);
    round.known.remove(pod);
    round.members.remove(pod);
    if (round.open.remove(pod)) {
      asking.drop(pod);
      goOn(round);
    }
    if (round.pods.isEmpty()) {
      rounds.remove(round.gang.key(), round);
    }
  }
}

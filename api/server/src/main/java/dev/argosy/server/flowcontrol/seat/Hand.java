package dev.argosy.server.flowcontrol.seat;

/** Shuffle sharding: the few queues, of many, that one flow may use. Pure. */
final class Hand {

  private Hand() {}

  /**
   * Deals different queues; the same ones for the same flow.
   *
   * @param flow a hash whose bits are all good
   * @param into receives the queues, in the order in which they are dealt
   */
  static void deal(long flow, int queues, int[] into) {
    long rest = flow >>> 1;
    int[] sorted = new int[into.length];
    for (int i = 0; i < into.length; i++) {
      int left = queues - i;
      int card = (int) (rest % left);
      rest /= left;
      int place = 0;
      while (place < i && card >= sorted[place]) {
        card++;
        place++;
      }
      System.arraycopy(sorted, place, sorted, place + 1, i - place);
      sorted[place] = card;
      into[i] = card;
    }
  }
}

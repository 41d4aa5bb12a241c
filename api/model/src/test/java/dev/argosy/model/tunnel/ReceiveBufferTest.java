package dev.argosy.model.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A window grows with a reader who keeps up, and no further than there is room. */
class ReceiveBufferTest {

  private final List<Integer> credits = new ArrayList<>();
  private final WindowRoom room = new WindowRoom(3 * 1024);
  private final ReceiveBuffer buffer = new ReceiveBuffer(1024, room, credits::add);

  private void offer(int bytes) throws IOException {
    buffer.offer(new byte[bytes]);
  }

  private void read(int bytes) throws IOException {
    assertThat(buffer.read(new byte[bytes], 0, bytes)).isEqualTo(bytes);
  }

  @Test
  void whoKeepsUpGetsAWiderWindow() throws IOException {
    offer(600);
    read(600);
    assertThat(credits).containsExactly(600 + 1024);
    offer(2048);
    assertThatThrownBy(() -> offer(1)).hasMessageContaining("more than the window");
  }

  @Test
  void whoLagsKeepsHisWindow() throws IOException {
    offer(600);
    offer(400);
    read(600);
    assertThat(credits).containsExactly(600);
    offer(600);
    assertThatThrownBy(() -> offer(100)).hasMessageContaining("more than the window");
  }

  @Test
  void thereIsRoomForSoMuchUntilAStreamIsOver() throws IOException {
    offer(1024);
    read(1024);
    offer(2048);
    read(2048);
    assertThat(credits).containsExactly(1024 + 1024, 2048 + 2048);
    offer(4096);
    read(4096);
    assertThat(credits.getLast()).isEqualTo(4096);
    ReceiveBuffer other = new ReceiveBuffer(1024, room, credits::add);
    other.offer(new byte[1024]);
    assertThat(other.read(new byte[1024], 0, 1024)).isEqualTo(1024);
    assertThat(credits.getLast()).isEqualTo(1024);
    buffer.release();
    buffer.release();
    other.offer(new byte[1024]);
    assertThat(other.read(new byte[1024], 0, 1024)).isEqualTo(1024);
    assertThat(credits.getLast()).isEqualTo(2048);
  }

  @Test
  void noWindowIsWiderThanIsOfUse() {
    WindowRoom much = new WindowRoom(1 << 30);
    assertThat(much.take(WindowRoom.LARGEST_WINDOW)).isZero();
    assertThat(much.take(WindowRoom.LARGEST_WINDOW - 1000)).isEqualTo(1000);
  }
}

package dev.argosy.agent.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class MessageTest {

  private static Message read(MessageBuilder message) {
    return Message.of(message.bytes());
  }

  @Test
  void theWireIsThatOfTheSpecification() {
    assertThat(HexFormat.of().formatHex(new MessageBuilder().number(1, 150).bytes()))
        .isEqualTo("089601");
    assertThat(HexFormat.of().formatHex(new MessageBuilder().text(2, "testing").bytes()))
        .isEqualTo("120774657374696e67");
    assertThat(
            HexFormat.of()
                .formatHex(new MessageBuilder().numbers(6, List.of(3L, 270L, 86942L)).bytes()))
        .isEqualTo("3206038e029ea705");
    assertThat(Message.of(HexFormat.of().parseHex("0896011a03089601")).message(3).number(1))
        .isEqualTo(150);
  }

  @Test
  void whatIsAbsentIsEmptyAndWhatIsUnknownIsPassedOver() {
    Message message =
        Message.of(HexFormat.of().parseHex("0d01020304" + "110102030405060708" + "1801"));
    assertThat(message.number(3)).isEqualTo(1);
    assertThat(message.number(9)).isZero();
    assertThat(message.text(9)).isEmpty();
    assertThat(message.message(9).text(1)).isEmpty();
    assertThat(message.present(9)).isEmpty();
    assertThat(new MessageBuilder().text(1, "").number(2, 0).flag(3, false).bytes()).isEmpty();
    assertThat(read(new MessageBuilder().wrapped(4, 0)).present(4)).isPresent();
  }

  @Test
  void theLastOfAFieldCounts() {
    Message message =
        read(new MessageBuilder().text(1, "a").text(1, "b").number(2, 1).number(2, 9));
    assertThat(message.text(1)).isEqualTo("b");
    assertThat(message.texts(1)).containsExactly("a", "b");
    assertThat(message.number(2)).isEqualTo(9);
  }

  @Property(tries = 100)
  void whatIsWrittenIsRead(
      @ForAll long number,
      @ForAll String text,
      @ForAll byte[] bytes,
      @ForAll List<String> texts,
      @ForAll Map<String, String> map) {
    Message message =
        read(
            new MessageBuilder()
                .number(1, number)
                .text(2, text)
                .bytes(3, bytes)
                .texts(500, texts)
                .message(16, new MessageBuilder().map(1, map).wrapped(2, number)));
    assertThat(message.number(1)).isEqualTo(number);
    assertThat(message.bytes(3)).isEqualTo(bytes);
    assertThat(message.texts(500)).hasSameSizeAs(texts);
    assertThat(message.message(16).message(2).number(1)).isEqualTo(number);
    assertThat(message.text(2)).isEqualTo(utf8(text));
    map.forEach((key, value) -> {
      if (utf8(key).equals(key)) {
        assertThat(message.message(16).map(1)).containsEntry(key, utf8(value));
      }
    });
  }

  /** Halves of a pair have no place in UTF-8. */
  private static String utf8(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  @Property
  void nonsenseIsRefusedOrRead(@ForAll byte[] bytes) {
    try {
      assertThat(Message.of(bytes).texts(1)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).startsWith("not a protobuf message: ");
    }
  }

  @Test
  void aMessageThatIsCutIsRefused() {
    byte[] whole = new MessageBuilder().text(1, "testing").bytes();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Message.of(java.util.Arrays.copyOf(whole, whole.length - 1)))
        .withMessageContaining("too early");
  }
}

package dev.argosy.model.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which addresses are the same. */
class MailAddressTest {

  @Test
  void onlyAsciiLettersHaveTwoCases() {
    assertThat(MailAddress.canonical("Kim.Lee@Example.COM")).isEqualTo("kim.lee@example.com");
    assertThat(MailAddress.canonical("\u212aim@example.com")).isEqualTo("\u212aim@example.com");
    assertThat(MailAddress.canonical("\u00c9va@example.com")).isEqualTo("\u00c9va@example.com");
  }

  @Test
  void whatCannotBeOneIsNone() {
    assertThat(List.of("kim@example.com", "k+x@localhost", "o'neil@ex.ample"))
        .allMatch(MailAddress::plausible);
    assertThat(
            List.of(
                "",
                "kim",
                "@x",
                "kim@",
                "a@b@c",
                "a b@c",
                "a@b\n",
                "a@b\u0000",
                "a@b\u200b",
                "<a@b>",
                "a,b@c",
                "a".repeat(250) + "@b.example"))
        .noneMatch(MailAddress::plausible);
  }
}

package dev.argosy.console.preview;

import dev.argosy.console.session.ApiTenantDirectory;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.schema.BuiltinKinds;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Serves the console on demo data until it is ended: {@code PreviewMain WAR-FOLDER PORT}. */
final class PreviewMain {

  private PreviewMain() {}

  public static void main(String[] args) throws Exception {
    Clock clock = Clock.systemUTC();
    FakeApi fake = new FakeApi(clock, "root", DemoData.ACME);
    DemoData.fill(fake, clock.instant());
    UserInfo user = new UserInfo("ada", "", List.of(UserInfo.AUTHENTICATED), Map.of());
    new ConsolePreview(
        Path.of(args[0]),
        fake,
        new ApiTenantDirectory(fake),
        BuiltinKinds.load().tenant(),
        () -> user,
        Integer.parseInt(args[1]));
  }
}

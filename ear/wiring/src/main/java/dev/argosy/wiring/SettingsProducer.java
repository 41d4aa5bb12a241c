package dev.argosy.wiring;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Map;

/** Offers the documented {@code argosy.*} keys to the other modules of the application. */
@Dependent
public class SettingsProducer {

  @Produces
  @Named("argosy.settings")
  Map<String, String> settings() throws IOException {
    return Settings.of(System.getProperties());
  }
}

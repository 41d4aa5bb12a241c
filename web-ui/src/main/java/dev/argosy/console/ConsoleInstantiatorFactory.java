package dev.argosy.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.di.InstantiatorFactory;
import com.vaadin.flow.router.NavigationEvent;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinSession;
import dev.argosy.console.session.ConsoleSession;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes views by their constructor: a view that takes a {@link ConsoleSession} gets the one of the
 * browser session. Vaadin finds this class by its interface.
 */
public class ConsoleInstantiatorFactory implements InstantiatorFactory {

  @Override
  public Instantiator createInstantitor(VaadinService service) {
    return new ConsoleInstantiator(service);
  }

  private static final class ConsoleInstantiator extends DefaultInstantiator {

    private static final long serialVersionUID = 1L;

    ConsoleInstantiator(VaadinService service) {
      super(service);
    }

    @Override
    public <T extends HasElement> T createRouteTarget(Class<T> type, NavigationEvent event) {
      return create(type);
    }

    @Override
    public <T extends Component> T createComponent(Class<T> type) {
      return create(type);
    }

    private <T> T create(Class<T> type) {
      Optional<Constructor<?>> withSession =
          Arrays.stream(type.getConstructors())
              .filter(
                  c -> Arrays.equals(c.getParameterTypes(), new Class<?>[] {ConsoleSession.class}))
              .findFirst();
      if (withSession.isEmpty()) {
        return getOrCreate(type);
      }
      try {
        return type.cast(
            withSession.get().newInstance(ConsoleSession.of(VaadinSession.getCurrent())));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot make view " + type.getName(), e);
      }
    }
  }
}

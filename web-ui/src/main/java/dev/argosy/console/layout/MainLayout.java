package dev.argosy.console.layout;

import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.console.session.TenantDirectory.TenantChoice;
import dev.argosy.model.client.ResourceScope;
import java.util.List;
import java.util.Optional;

/** Side navigation, tenant switch, user menu. */
@Layout
public class MainLayout extends AppLayout implements AfterNavigationObserver {

  private static final long serialVersionUID = 1L;

  private final transient ConsoleSession session;
  private final Select<TenantChoice> tenants = new Select<>();
  private final SideNav tenantNav = new SideNav();
  private final SideNav administrationNav = new SideNav("Administration");
  private final SideNav platformNav = new SideNav("Platform");
  private String shown = "";

  public MainLayout(ConsoleSession session) {
    this.session = session;
    setPrimarySection(Section.DRAWER);
    tenants.setAriaLabel("Tenant");
    tenants.addClassName("tenant-switch");
    tenants.setItemLabelGenerator(TenantChoice::displayName);
    tenants.addValueChangeListener(event -> {
      if (event.isFromClient()) {
        getUI().ifPresent(ui -> ui.navigate("t/" + event.getValue().name()));
      }
    });
    if (session.administersPlatform()) {
      platformNav.addItem(
          new SideNavItem("Tenants", "platform/tenants", VaadinIcon.OFFICE.create()),
          new SideNavItem("Platform roles", "platform/access", VaadinIcon.USER_STAR.create()),
          new SideNavItem("Audit", "platform/audit", VaadinIcon.EYE.create()));
      if (session.rights().mayGet(Resources.ROOT, "/usage").allowed()) {
        platformNav.addItem(
            new SideNavItem("Usage and cost", "platform/usage", VaadinIcon.CHART.create()));
      }
    }
    platformNav.addItem(
        new SideNavItem("Tenant requests", "requests", VaadinIcon.CLIPBOARD_TEXT.create()),
        new SideNavItem("Invitations", "invitations", VaadinIcon.ENVELOPE.create()));
    Div nav = new Div(tenants, tenantNav, administrationNav, platformNav);
    nav.addClassName("nav");
    addToDrawer(brand(), new Scroller(nav), userMenu());
    DrawerToggle toggle = new DrawerToggle();
    toggle.setAriaLabel("Menu");
    addToNavbar(toggle);
    addAttachListener(event -> ThemeMenu.restore(event.getUI()));
  }

  private static Div brand() {
    Image mark = new Image("styles/argosy.svg", "");
    Div brand = new Div(mark, new Span("Argosy"));
    brand.addClassName("brand");
    return brand;
  }

  private Div userMenu() {
    Avatar avatar = new Avatar(session.user().name());
    MenuBar menu = new MenuBar();
    menu.addThemeVariants(MenuBarVariant.LUMO_TERTIARY);
    Span name = new Span(session.user().name());
    name.addClassName("user-name");
    Div face = new Div(avatar, name);
    face.addClassName("user");
    MenuItem item = menu.addItem(face);
    ThemeMenu.addTo(item.getSubMenu());
    Anchor logout = new Anchor("logout", "Log out");
    logout.setRouterIgnore(true);
    item.getSubMenu().addItem(logout);
    Div footer = new Div(menu);
    footer.addClassName("drawer-footer");
    return footer;
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    String tenant = event.getRouteParameters().get(TenantPage.TENANT).orElse(shown);
    if (tenants.getListDataView().getItemCount() == 0 || !tenant.equals(shown)) {
      choose(tenant);
    }
  }

  private void choose(String tenant) {
    List<TenantChoice> choices = session.tenants();
    tenants.setItems(choices);
    Optional<TenantChoice> chosen =
        choices.stream().filter(c -> c.name().equals(tenant)).findFirst();
    Optional<TenantChoice> entry = chosen.or(() -> choices.stream().findFirst());
    tenants.setVisible(!choices.isEmpty());
    tenantNav.setVisible(entry.isPresent());
    administrationNav.setVisible(entry.isPresent());
    entry.ifPresent(choice -> {
      tenants.setValue(choice);
      navigationOf(choice.name());
      shown = choice.name();
    });
  }

  private void navigationOf(String tenant) {
    String base = "t/" + tenant;
    tenantNav.removeAll();
    tenantNav.addItem(new SideNavItem("Overview", base, VaadinIcon.DASHBOARD.create()));
    SideNavItem workloads =
        new SideNavItem("Workloads", base + "/workloads", VaadinIcon.CUBES.create());
    SideNavItem pods = new SideNavItem("Pods", base + "/pods", VaadinIcon.CUBE.create());
    pods.setMatchNested(true);
    tenantNav.addItem(
        workloads,
        pods,
        new SideNavItem("Nodes", base + "/nodes", VaadinIcon.SERVER.create()),
        new SideNavItem("Deploy", base + "/deploy", VaadinIcon.UPLOAD_ALT.create()),
        new SideNavItem("Connect", base + "/connect", VaadinIcon.TERMINAL.create()));
    administrationOf(tenant, base);
  }

  /** What only some may look at is not offered to others. */
  private void administrationOf(String tenant, String base) {
    administrationNav.removeAll();
    if (session.rights().may("get", Resources.inRoot(Resources.TENANTS, tenant)).allowed()) {
      administrationNav.addItem(
          new SideNavItem("Tenant", base + "/details", VaadinIcon.BUILDING.create()));
    }
    administrationNav.addItem(
        new SideNavItem("Members", base + "/members", VaadinIcon.USERS.create()),
        new SideNavItem("Quotas", base + "/quotas", VaadinIcon.SCALE.create()));
    if (session.rights().mayGet(tenant, "/usage").allowed()) {
      administrationNav.addItem(
          new SideNavItem("Usage and cost", base + "/usage", VaadinIcon.CHART.create()));
    }
    ResourceScope trail = ResourceScope.cluster(Resources.AUDIT_RECORDS, tenant);
    if (session.rights().may("list", trail).allowed()) {
      administrationNav.addItem(new SideNavItem("Audit", base + "/audit", VaadinIcon.EYE.create()));
    }
    administrationNav.addItem(
        new SideNavItem("Access tokens", base + "/tokens", VaadinIcon.KEY.create()));
  }
}

package dev.argosy.console.tenant;

import com.vaadin.flow.component.textfield.TextField;
import java.util.regex.Pattern;

/** Asks for the name of a tenant that is to be made. */
public final class TenantNameField extends TextField {

  private static final long serialVersionUID = 1L;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  public TenantNameField(String label) {
    super(label);
    setRequired(true);
    setHelperText("Names its cluster; cannot be changed later");
    setMaxLength(63);
  }

  /** Whether it is a name; marks the field if it is not. */
  public boolean check() {
    boolean right = NAME.matcher(getValue().strip()).matches();
    setErrorMessage(
        "Lower case letters, digits and “-”, beginning and ending with a letter or digit");
    setInvalid(!right);
    return right;
  }
}

package io.github.llm4j.api.component;

/**
 * A component that is bound, not yet built: what a settings record holds for a nested component. In
 * a config a plain string is short for {@code { type = string }}.
 *
 * @param provider who builds it
 * @param settings its settings, of the provider's class
 * @param origin where the config names it, as {@code train.conf:14}; for messages
 * @param <T> what it builds
 */
public record ComponentSpec<T>(
    ComponentProvider<? extends T, ?, ?> provider, Record settings, String origin) {

  /** The origin of a spec that no config names. */
  public static final String CODE = "code";

  /** A spec made in code. */
  public static <T, S extends Record> ComponentSpec<T> of(
      ComponentProvider<? extends T, S, ?> provider, S settings) {
    return new ComponentSpec<>(provider, settings, CODE);
  }

  /** Type of the component. */
  public String type() {
    return provider.type();
  }

  /**
   * Builds the component.
   *
   * @param context what the provider builds with; its class is that of the component's kind
   */
  @SuppressWarnings("unchecked") // the binder pairs provider and settings; the kind fixes C
  public <C> T create(C context) {
    ComponentProvider<? extends T, Record, C> typed =
        (ComponentProvider<? extends T, Record, C>) provider;
    return typed.create(settings, context);
  }
}

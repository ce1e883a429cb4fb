package io.github.llm4j.api.component;

/**
 * Names a component and builds it from typed settings: the one shape of layers, tokenizers,
 * backends, optimizers and all else that a config can name. Loaded by ServiceLoader: a public class
 * with a public constructor without parameters that does no work.
 *
 * @param <T> what it builds
 * @param <S> its settings: the record's components are its config keys ({@code kvHeads} is {@code
 *     kv-heads}), its canonical constructor checks what it alone can see
 * @param <C> what it is built with
 */
public interface ComponentProvider<T, S extends Record, C> {

  /** What configs and checkpoints call it, as {@code rms-norm}; never renamed. */
  String type();

  /** Class of the settings. */
  Class<S> settings();

  /** Builds it; {@link #check} has found no problem. */
  T create(S settings, C context);

  /**
   * Checks what needs the surroundings, as heads against the width. Called over the whole tree
   * before anything is built.
   *
   * @param settings bound settings
   * @param surroundings what lies around the component in the config
   * @param problems where problems go
   */
  default void check(S settings, Surroundings surroundings, Problems problems) {}

  /**
   * The settings with what follows from others written out, as a head's size that follows from the
   * width: what a saved model keeps, so that it means the same whatever later versions derive.
   *
   * @param settings settings that {@link #check} finds no problem in
   * @param surroundings what lies around the component
   */
  default S resolved(S settings, Surroundings surroundings) {
    return settings;
  }
}

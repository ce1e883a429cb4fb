package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.ApiVersion;
import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose fault a failure is that nobody threw on purpose. Classes link lazily, so a plugin that
 * lacks one may have worked until now; its class loader's name on the stack tells.
 */
public final class PluginFault {
  private static final String OURS = "io/github/llm4j/";

  private PluginFault() {}

  /** What is said of a failure that a plugin's code caused; empty if none did. */
  public static Optional<LlmException> of(Throwable thrown) {
    return plugin(thrown)
        .map(
            plugin ->
                new LlmException(
                    ErrorKind.PLUGIN,
                    thrown instanceof LinkageError
                        ? "plugin %s: expected classes that load, found %s. %s"
                            .formatted(plugin, root(thrown), remedy(thrown))
                        : "plugin %s: a fault of the plugin: %s. Tell its author; --debug shows where."
                            .formatted(plugin, thrown),
                    thrown));
  }

  /**
   * The plugin whose code ran: for classes that are missing, anywhere on the stack; else where it
   * was thrown, the JDK's methods left out.
   */
  private static Optional<String> plugin(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(frame -> !isJdk(frame))
        .limit(thrown instanceof LinkageError ? Long.MAX_VALUE : 1)
        .map(StackTraceElement::getClassLoaderName)
        .filter(Objects::nonNull)
        .map(PluginLoader::plugin)
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  private static boolean isJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** What to do about a provider that can't be loaded. */
  static String remedy(Throwable thrown) {
    Throwable root = root(thrown);
    if (!(root instanceof ClassNotFoundException || root instanceof LinkageError)) {
      return "Update the plugin.";
    }
    String missing = String.valueOf(root.getMessage()).replace('.', '/');
    return missing.startsWith(OURS)
        ? "A plugin sees %s alone of llm4j: update the plugin."
            .formatted(ApiVersion.class.getPackageName())
        : "Update the plugin, or put the jars it needs beside it.";
  }
}

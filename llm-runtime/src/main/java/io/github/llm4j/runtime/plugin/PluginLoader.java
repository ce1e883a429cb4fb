package io.github.llm4j.runtime.plugin;

import io.github.llm4j.api.ApiVersion;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Classes of one plugin. Above them lie the JDK and the packages of the API, and nothing else: no
 * plugin sees ours, ours' libraries, or another plugin, and each may bring libraries of its own.
 */
final class PluginLoader extends URLClassLoader {
  private static final String PREFIX = "plugin ";

  static {
    registerAsParallelCapable();
  }

  private PluginLoader(String name, URL[] jars, ClassLoader api) {
    super(name, jars, api);
  }

  static PluginLoader of(String plugin, List<Path> jars, ClassLoader api) throws IOException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = url(jars.get(i));
    }
    return new PluginLoader(PREFIX + plugin, urls, api);
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  /** Name and version of the plugin whose loader has this name, if it is one; else empty. */
  static String plugin(String loader) {
    return loader.startsWith(PREFIX) ? loader.substring(PREFIX.length()) : "";
  }

  /**
   * The packages of the API and the JDK. It finds classes alone: what jars of the application
   * declare in META-INF/services stays hidden.
   */
  static final class Api extends ClassLoader {
    private static final String PACKAGE = ApiVersion.class.getPackageName() + ".";

    static {
      registerAsParallelCapable();
    }

    Api() {
      super("llm-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(PACKAGE)) {
        return Class.forName(name, false, ApiVersion.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }
}

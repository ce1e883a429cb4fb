package io.github.llm4j.runtime.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes jars of sources that are compiled in memory. */
final class PluginJar {
  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /** A jar whose manifest says these keys and values. */
  static PluginJar with(String... manifest) {
    PluginJar jar = new PluginJar();
    for (int i = 0; i < manifest.length; i += 2) {
      jar.manifest.put(manifest[i], manifest[i + 1]);
    }
    return jar;
  }

  /** The manifest of a plugin that fits. */
  static PluginJar of(String name, String version) {
    return with(
        "Llm4j-Plugin",
        name,
        "Llm4j-Api",
        "1",
        Attributes.Name.IMPLEMENTATION_VERSION.toString(),
        version);
  }

  /** Compiles classes, each given as its name and its source. */
  PluginJar classes(String... namesAndSources) {
    List<JavaFileObject> sources = new ArrayList<>();
    for (int i = 0; i < namesAndSources.length; i += 2) {
      sources.add(new Source(namesAndSources[i], namesAndSources[i + 1]));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
    List<String> words =
        List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-Xlint:none");
    boolean compiled =
        compiler.getTask(null, new Memory(standard), null, words, null, sources).call();
    if (!compiled) {
      throw new AssertionError("sources that compile expected");
    }
    return this;
  }

  /** Leaves a class out, as a jar that lacks a dependency does. */
  PluginJar without(String name) {
    if (files.remove(entry(name)) == null) {
      throw new AssertionError(name + " expected among " + files.keySet());
    }
    return this;
  }

  /** Declares a provider. */
  PluginJar service(Class<?> service, String provider) {
    files.put(
        "META-INF/services/" + service.getName(),
        (provider + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Path write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Manifest written = new Manifest();
    written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach(written.getMainAttributes()::putValue);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream zip =
            manifest.isEmpty() ? new JarOutputStream(out) : new JarOutputStream(out, written)) {
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }

  private static String entry(String name) {
    return name.replace('.', '/') + ".class";
  }

  /** A source in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String type, String code) {
      super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }

  /** Takes the compiler's classes into the jar. */
  private final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    Memory(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("bytes:///" + entry(name)), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              files.put(entry(name), toByteArray());
            }
          };
        }
      };
    }
  }
}

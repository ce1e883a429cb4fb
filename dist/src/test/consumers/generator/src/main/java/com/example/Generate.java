package com.example;

import io.github.llm4j.tasks.generation.GenerationSettings;
import io.github.llm4j.tasks.generation.TextGenerator;
import java.nio.file.Path;

/** Opens a folder and goes on with a text. */
public final class Generate {
  private Generate() {}

  public static void main(String[] args) {
    try (TextGenerator generator = TextGenerator.open(Path.of(args[0]))) {
      System.out.println(
          "one t" + generator.generate("one t", GenerationSettings.greedy(5)).text());
    }
  }
}

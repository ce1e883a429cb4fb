package io.github.llm4j.tokenizers.chat;

import io.github.llm4j.api.error.ErrorKind;
import io.github.llm4j.api.error.LlmException;
import io.github.llm4j.api.tokenizer.Encoding;
import io.github.llm4j.api.tokenizer.Tokenizer;
import io.github.llm4j.tokenizers.template.Rendering;
import io.github.llm4j.tokenizers.template.Template;
import io.github.llm4j.tokenizers.template.TemplateLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a model wants conversations written: {@code ChatTemplate.open(folder).render(conversation,
 * true)}.
 *
 * <p>A model may have several templates: {@code tool_use} is taken for conversations with tools if
 * there is one, {@code default} otherwise, others by {@link #named}. The template sees {@code
 * messages}, {@code tools}, {@code documents}, {@code add_generation_prompt}, the special tokens
 * ({@code bos_token} and so on) and the conversation's variables.
 *
 * <p>Threading: immutable, for any number of threads.
 */
public final class ChatTemplate {
  /** The template of a model that has only one. */
  static final String DEFAULT = "default";

  private static final String WITH_TOOLS = "tool_use";

  private final String name;
  private final Map<String, Template> templates;
  private final Map<String, Object> tokens;

  ChatTemplate(String name, Map<String, Template> templates, Map<String, Object> tokens) {
    this.name = name;
    this.templates = Collections.unmodifiableMap(new LinkedHashMap<>(templates));
    this.tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
  }

  /**
   * A template from its text.
   *
   * @param name what messages of errors call it
   * @param source Jinja
   * @param tokens special tokens by their variable, as {@code bos_token}
   * @throws LlmException if it is no template
   */
  public static ChatTemplate of(String name, String source, Map<String, String> tokens) {
    return new ChatTemplate(
        name, Map.of(DEFAULT, Template.compile(name, source)), new LinkedHashMap<>(tokens));
  }

  /**
   * Reads a model's templates and special tokens.
   *
   * @param path a model folder, its tokenizer_config.json, or a Jinja file. {@code
   *     chat_template.jinja} comes before what tokenizer_config.json says
   * @throws LlmException if there is none, or it is damaged
   */
  public static ChatTemplate open(Path path) {
    return ChatTemplateFiles.open(path);
  }

  /** Names of the templates. */
  public List<String> names() {
    return List.copyOf(templates.keySet());
  }

  /**
   * The template of one name alone.
   *
   * @throws LlmException if there is none
   */
  public ChatTemplate named(String wanted) {
    Template template = templates.get(wanted);
    if (template == null) {
      throw unknown("'" + wanted + "'");
    }
    return new ChatTemplate(name, Map.of(DEFAULT, template), tokens);
  }

  private LlmException unknown(String wanted) {
    return new LlmException(
        ErrorKind.USER,
        "%s: a template %s expected, found %s. Name one of them."
            .formatted(name, wanted, String.join(", ", templates.keySet())));
  }

  /** The same templates with other limits. */
  public ChatTemplate withLimits(TemplateLimits limits) {
    return each(template -> template.withLimits(limits));
  }

  /** The same templates with another clock for {@code strftime_now}. */
  public ChatTemplate withClock(Clock clock) {
    return each(template -> template.withClock(clock));
  }

  private ChatTemplate each(UnaryOperator<Template> change) {
    Map<String, Template> changed = new LinkedHashMap<>(templates);
    changed.replaceAll((key, template) -> change.apply(template));
    return new ChatTemplate(name, changed, tokens);
  }

  private Template template(Conversation conversation) {
    boolean tools = !conversation.tools().isEmpty() && templates.containsKey(WITH_TOOLS);
    Template template = templates.get(tools ? WITH_TOOLS : DEFAULT);
    if (template == null) {
      throw unknown("'" + DEFAULT + "'");
    }
    return template;
  }

  /**
   * A conversation as text.
   *
   * @param generationPrompt whether the text ends where the assistant is to go on
   * @throws LlmException if the template fails or refuses it
   */
  public String render(Conversation conversation, boolean generationPrompt) {
    return rendering(conversation, generationPrompt).text();
  }

  private Rendering rendering(Conversation conversation, boolean generationPrompt) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>(tokens);
    variables.put("documents", null);
    variables.putAll(conversation.variables());
    List<Object> messages = new ArrayList<>();
    conversation.messages().forEach(message -> messages.add(message.fields()));
    variables.put("messages", messages);
    variables.put("tools", conversation.tools().isEmpty() ? null : conversation.tools());
    variables.put("add_generation_prompt", generationPrompt);
    return template(conversation).render(variables);
  }

  /**
   * A conversation as text with the ranges in which the assistant speaks. The template's {@code
   * generation} blocks say where, if it has any. Otherwise an assistant's turn is what comes to the
   * text before it, generation prompt included, when the turn is added: then the template is
   * rendered twice for each such turn, so time is O(turns · text).
   *
   * @throws LlmException if the template fails or refuses it, or if without such blocks the text up
   *     to a turn isn't what the whole text begins with
   */
  public ChatText annotate(Conversation conversation, TrainOn trainOn) {
    Rendering whole = rendering(conversation, false);
    if (!template(conversation).marksGeneration()) {
      return new AssistantTurns(name, this).find(conversation, whole.text(), trainOn);
    }
    if (!whole.spansKnown()) {
      throw new LlmException(
          ErrorKind.USER,
          "%s: generation blocks in the template's own text expected, found one inside a macro, a call or a captured text. Nobody knows where its text went; move the block out."
              .formatted(name));
    }
    List<Rendering.Span> spans = whole.generated();
    boolean last = trainOn == TrainOn.LAST && !spans.isEmpty();
    return new ChatText(whole.text(), last ? List.of(spans.getLast()) : spans);
  }

  /**
   * A conversation as tokens. Special tokens are those that stand in the template's text, where the
   * tokenizer finds them; none is put around it, so a beginning-of-text token that the template
   * writes comes once.
   *
   * @param generationPrompt whether the tokens end where the assistant is to go on
   */
  public Encoding encode(Conversation conversation, Tokenizer tokenizer, boolean generationPrompt) {
    return tokenizer.tokenize(render(conversation, generationPrompt));
  }

  /**
   * A conversation as tokens with a loss mask, as training takes it.
   *
   * @throws LlmException as {@link #annotate} does
   */
  public ChatTokens encode(Conversation conversation, Tokenizer tokenizer, TrainOn trainOn) {
    ChatText text = annotate(conversation, trainOn);
    return new ChatTokens(text, tokenizer.tokenize(text.text()));
  }
}

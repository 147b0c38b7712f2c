/* XPath conditions over filled-in forms by JavaRosa, the engine of ODK Collect: for the tests of the rules.

   java -cp ODK_Validate.jar FormVerdicts.java FORM CONDITIONS FILLED QUESTION
   FORM        a compiled XForm
   CONDITIONS  a condition a line
   FILLED      a line each: the first condition to ask, how many, and a filled-in form as Collect saves it
   QUESTION    the question they are asked from; person/NAME is one of each member
   Prints a line for each record: what each condition says, 1 or 0, or E when it raised an error. */
import java.io.FileInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.instance.FormInstance;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormUtils;
import org.javarosa.xpath.XPathConditional;

public class FormVerdicts {
    public static void main(String[] files) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        new XFormsModule().registerModule();
        FormDef form = XFormUtils.getFormFromInputStream(new FileInputStream(files[0]));
        form.initialize(true, new InstanceInitializationFactory());
        List<XPathConditional> conditions = new ArrayList<>();
        boolean isPerson = files[3].startsWith("person/");
        String question = files[3].replace("person/", "");
        for (String line : Files.readAllLines(Path.of(files[1]), StandardCharsets.UTF_8)) {
            conditions.add(new XPathConditional(line));
        }
        TreeElement empty = form.getMainInstance().getRoot().deepCopy(true);
        for (String line : Files.readAllLines(Path.of(files[2]), StandardCharsets.UTF_8)) {
            String[] parts = line.split("\t", 3);
            int first = Integer.parseInt(parts[0]), after = first + Integer.parseInt(parts[1]);
            byte[] answers = parts[2].getBytes(StandardCharsets.UTF_8);
            TreeElement saved = XFormParser.restoreDataModel(answers, null).getRoot();
            TreeElement root = empty.deepCopy(true);
            root.populate(saved, form);
            form.getMainInstance().setRoot(root);
            int records = isPerson ? root.getChildMultiplicity("person") : 1;
            for (int place = 0; place < records; place++) {
                TreeReference record = TreeReference.rootRef().extendRef(root.getName(), 0);
                if (isPerson) record = record.extendRef("person", place);
                out.println(answered(form, conditions.subList(first, after), record.extendRef(question, 0)));
            }
        }
        out.flush();
    }

    private static String answered(FormDef form, List<XPathConditional> conditions, TreeReference asked) {
        StringBuilder line = new StringBuilder();
        for (XPathConditional condition : conditions) {
            EvaluationContext around = new EvaluationContext(form.getEvaluationContext(), asked);
            try {
                line.append(condition.eval(form.getMainInstance(), around) ? '1' : '0');
            } catch (RuntimeException error) {
                line.append('E');
                System.err.println(error + "  " + condition.xpath);
            }
        }
        return line.toString();
    }
}

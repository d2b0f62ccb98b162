namespace FollowUp.Understanding;

/// <summary>Portuguese.</summary>
internal static class Portuguese
{
    public static Language Language { get; } = new()
    {
        Code = "pt",
        Telling = ["o", "os", "as", "um", "uma", "nao", "sim", "me", "eu", "voce", "vc", "que", "de", "da", "do", "na", "no", "em", "por", "para", "pra", "com", "amanha", "hoje", "liga", "ligo", "chama", "manda", "mensagem", "mensagens", "obrigado", "obrigada", "qual", "valor", "quanto", "custa", "quero", "mais", "estou", "to", "reuniao", "agora", "depois", "segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo", "semana", "posso", "falar", "conversar", "lista", "dirigindo", "oi", "ola", "noite", "tarde", "dia", "ok", "receber", "parar", "almoco", "vem", "te", "gente", "as"],
        Short = new() { ["vc"] = "voce", ["q"] = "que", ["pq"] = "porque", ["msg"] = "mensagem", ["msgs"] = "mensagens", ["hj"] = "hoje", ["amnh"] = "amanha", ["amanha"] = "amanha", ["min"] = "minutos", ["minuto"] = "minutos", ["hora"] = "horas", ["hrs"] = "horas", ["fds"] = "fim de semana", ["dps"] = "depois", ["obg"] = "obrigado", ["tb"] = "tambem", ["seg"] = "segunda", ["ter"] = "terca", ["qua"] = "quarta", ["qui"] = "quinta", ["sex"] = "sexta" },
        Numbers = new() { ["um"] = 1, ["uma"] = 1, ["dois"] = 2, ["duas"] = 2, ["tres"] = 3, ["quatro"] = 4, ["cinco"] = 5, ["seis"] = 6, ["sete"] = 7, ["oito"] = 8, ["nove"] = 9, ["dez"] = 10, ["onze"] = 11, ["doze"] = 12, ["quinze"] = 15, ["vinte"] = 20, ["trinta"] = 30 },
        Weekdays = new() { ["segunda"] = 1, ["terca"] = 2, ["quarta"] = 3, ["quinta"] = 4, ["sexta"] = 5, ["sabado"] = 6, ["domingo"] = 7 },
        Months = new() { ["janeiro"] = 1, ["fevereiro"] = 2, ["marco"] = 3, ["abril"] = 4, ["maio"] = 5, ["junho"] = 6, ["julho"] = 7, ["agosto"] = 8, ["setembro"] = 9, ["outubro"] = 10, ["novembro"] = 11, ["dezembro"] = 12 },
        RelativeDays = [(new("depois de amanha"), 2), (new("amanha"), 1), (new("hoje"), 0)],
        Parts =
        [
            (new("depois do almoco"), 810, Half.Pm), (new("depois do trabalho"), 1050, Half.Pm), (new("fim do dia"), 1020, Half.Pm), (new("hoje a|de noite"), -1140, Half.Pm), (new("de|pela manha"), 540, Half.Am), (new("manha"), 540, Half.Am), (new("meio -? dia"), 720, Half.None), (new("a|da|de tarde"), 840, Half.Pm), (new("a|da|de noite"), 1140, Half.Pm), (new("noite"), 1140, Half.Pm), (new("cedo"), 480, Half.Am),
        ],
        NamedDays = [(new("semana que vem"), Named.NextWeek), (new("proxima semana"), Named.NextWeek), (new("fim de semana"), Named.Weekend), (new("fim|final do|de mes"), Named.EndOfMonth), (new("mes que vem"), Named.NextMonth), (new("proximo mes"), Named.NextMonth), (new("ano que vem"), Named.NextYear)],
        Units = new() { ["minutos"] = Unit.Minute, ["horas"] = Unit.Hour, ["dias"] = Unit.Day, ["semana"] = Unit.Week, ["semanas"] = Unit.Week, ["mes"] = Unit.Month, ["meses"] = Unit.Month },
        Counts = [(new("meia"), 0.5), (new("um par de"), 2), (new("uns|umas"), 3), (new("um|uma"), 1)],
        In = ["em", "daqui", "dentro"],
        At = ["as", "a", "ate", "depois", "antes", "la"],
        After = ["depois", "apos"],
        Before = ["antes"],
        Until = ["ate"],
        Not = ["nao"],
        Glue = ["as", "a", "na", "no", "da", "do", "de", "em", ",", "feira", "-", "pela", "depois", "antes", "ate", "os"],
        OptOut = Pattern.List("nao quero .. mais .. receber|mensagens|mensagem|contato\nnao quero mais\nme tira|tirem|tire|remove|remova|removam|exclua|apaga\nnao me|mande|mandem|manda .. mais|mande|mandem|escreva|chame|incomode|ligue|contate\npare|para|parem de me? mandar|enviar|ligar|escrever|incomodar\nme deixa|deixe|deixem em paz\nsair da lista\ncancelar inscricao\ndescadastrar|descadastra"),
        Request = Pattern.List("me liga|ligue|chama|chame|manda|mande|escreve|escreva|contata|lembra|lembre|avisa|avise|retorna|procura|fala|fale\nliga|chama|manda|fala|fale|escreve|lembra|retorna para|pra|comigo|mensagem|me|mim\npode|podem|voce me? ligar|chamar|mandar|falar|escrever\nposso falar\nvamos conversar|falar\nse fala\nconversar|ligacao\nfalar"),
        NotRequest = Pattern.List("nao precisa\nvoce me ligou|chamou|mandou\nvoces me"),
        Deferral = Pattern.List("melhor\nprefiro\noutro dia|momento\nagora nao\ntalvez\nestou|estarei livre|disponivel\nposso"),
        Vague = Pattern.List("mais tarde\ndepois\nlogo\noutro dia|momento\nquando\ndaqui a pouco"),
        Promise = Pattern.List("eu? te|lhe ligo|chamo|mando|aviso|retorno|respondo|escrevo|falo\neu te|lhe"),
        Busy = Pattern.List("estou|to|tou em|no|na|dirigindo|ocupado|ocupada|trabalhando|ocupadissimo|com|viajando|almocando\ndirigindo\nem reuniao|aula|ligacao|consulta\nno transito|cinema|medico|trabalho|hospital\nnao posso|consigo falar|atender|responder|agora\num momento|minutos|segundo|instante\nagora nao\nocupado|ocupada"),
        NotBusy = Pattern.List("estava\nnao estou ocupado|ocupada\nmeu|minha marido|esposa esta"),
        InPerson = Pattern.List("consulta\nreserva\nmesa para\nentrega"),
        NotInterested = Pattern.List("nao tenho|to|estou interesse|interessado|interessada\nnao obrigado|obrigada\nnao preciso mais?"),
        WantsHuman = Pattern.List("falar com um|uma|alguem|o atendente|pessoa|humano|alguem|gerente|atendimento"),
        GoalReached = Pattern.List("ja reservei|paguei|comprei|agendei|pedi"),
        Closing = Pattern.List("^ ok? obrigado|obrigada|valeu .. $\ntchau\nate logo|mais\n^ ok obrigado $"),
    };
}

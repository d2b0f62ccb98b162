using NodaTime;

namespace FollowUp.Writing.Phrases;

internal static class Portuguese
{
    private static readonly string[] Months = ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"];
    private static readonly string[] Weekdays = ["na segunda-feira", "na terça-feira", "na quarta-feira", "na quinta-feira", "na sexta-feira", "no sábado", "no domingo"];

    public static Phrasebook Book { get; } = new()
    {
        Quotes = ("“", "”"),
        Openings = ["Olá, {name}! ", "Oi, {name}! ", "Olá de novo, {name}! ", "Olá, {name}, aqui é {business}. ", "Olá! ", "Oi! ", "Olá de novo! ", "Olá, aqui é {business}. ", ""],
        StoppedResponding =
        [
            ["Você escreveu {topic}. Vamos continuar daí?", "Sobre a sua mensagem {topic}: quer saber mais alguma coisa?", "Quer saber mais alguma coisa?", "Você ainda está por aí?"],
            ["Voltando a {topic}: isso ainda está em aberto para você?", "Sua última mensagem foi {topic}. O que ajudaria você a decidir?", "O que mais ajudaria você agora?", "Ficou alguma dúvida até aqui?"],
            ["Paramos em {topic}. Outro horário seria melhor para você?", "Outro horário seria melhor para você?", "Vamos continuar de onde paramos?"],
            ["Você ainda está pensando em {topic}?", "Isso ainda interessa a você?", "Mudou alguma coisa por aí?"],
            ["Deixamos {topic} de lado por enquanto ou ainda está em aberto?", "Paramos por aqui por enquanto ou ainda há algo em aberto?", "Prefere deixar isso para outro dia?"],
        ],
        Busy =
        [
            ["Você escreveu {topic}. Agora é um momento melhor?", "Antes não era uma boa hora. Agora é um momento melhor?", "Você tem um minuto agora?"],
            ["Já tem um tempo livre?", "Qual seria um bom momento para você?"],
        ],
        Requested =
        [
            ["Você escreveu {topic}. Agora é uma boa hora?", "Você pediu uma mensagem nossa. Agora é uma boa hora?", "Aqui estamos, como você pediu. Vamos continuar?"],
            ["Conseguiu ler a última mensagem?", "Há um momento melhor para falar sobre isso?"],
        ],
        Thanks = ["Agradecemos a sua mensagem. O que mais ajudaria você?", "Recebemos a sua mensagem, agradecemos. Há mais alguma coisa que devemos saber?"],
        NoHurry = ["Tudo bem, não há pressa.", "Entendido, no seu tempo."],
        HandedOver = "Certo, uma pessoa da equipe vai responder você por aqui.",
        AtYourTime = "Combinado, escrevemos para você {when}.",
        OptedOut = "Você não receberá mais mensagens nossas. Responda START para desfazer.",
        OptedOutOfBusiness = "Você não receberá mais mensagens de {business}. Responda START para desfazer.",
        Disclosure = "Responda STOP para não receber mais mensagens.",
        DisclosureOfBusiness = "Aqui é {business}. Responda STOP para não receber mais mensagens.",
        When = (at, now) => $"{Phrasebook.Day(at, now, "hoje", "amanhã", Weekdays[(int)at.DayOfWeek - 1], $"em {at.Day} de {Months[at.Month - 1]}{Phrasebook.Year(at, now, " de ")}")} {Time(at)}",
    };

    private static string Time(LocalDateTime at) => $"{(at.Hour == 1 ? "à" : "às")} {at.Hour}h{(at.Minute == 0 ? "" : $"{at.Minute:00}")}";
}

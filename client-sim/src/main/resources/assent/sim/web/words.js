// What the app says around the notice's own words, in the notice's language, and how numbers and times are written.

const NOTICE = {
  en: {
    before: "Before anything is collected", who: "Who answers for it", items: "What is collected",
    purposes: "What it is used for", retention: "How long it is kept", region: "Where it is stored",
    cost: "What it costs", smsMax: n => `At most ${n} SMS.`, withdrawal: "How to switch it off", version: "This notice",
    approve: "I approve", decline: "Not now",
    nothing: "Your number has not been sent, nor anything else that identifies you.",
    changed: "The notice has changed", later: "Later",
    goesOn: until => `You approved an earlier notice. It goes on until ${until}; from then on texts pause until you approve this one.`,
    suspended: "The time is over: no texts come or go until you approve. You can also switch Assent off.",
  },
  hi: {
    before: "कुछ भी एकत्र करने से पहले", who: "इसके लिए कौन ज़िम्मेदार है", items: "क्या एकत्र किया जाता है",
    purposes: "इसका उपयोग किस लिए होता है", retention: "कितने समय तक रखा जाता है", region: "कहाँ रखा जाता है",
    cost: "इसका ख़र्च", smsMax: n => `अधिक से अधिक ${n} SMS।`, withdrawal: "इसे कैसे बंद करें", version: "यह सूचना",
    approve: "मैं सहमत हूँ", decline: "अभी नहीं",
    nothing: "आपका नंबर या आपकी पहचान बताने वाली कोई भी चीज़ अभी नहीं भेजी गई है।",
    changed: "सूचना बदल गई है", later: "बाद में",
    goesOn: until => `आपने पिछली सूचना पर सहमति दी थी। वह ${until} तक मान्य है; उसके बाद आपकी नई सहमति तक संदेश रुके रहेंगे।`,
    suspended: "समय समाप्त हो गया: आपकी सहमति तक कोई संदेश न आएगा, न जाएगा। आप Assent बंद भी कर सकते हैं।",
  },
  pt: {
    before: "Antes de coletar qualquer coisa", who: "Quem responde por isso", items: "O que é coletado",
    purposes: "Para que é usado", retention: "Por quanto tempo fica guardado", region: "Onde fica guardado",
    cost: "Quanto custa", smsMax: n => `No máximo ${n} SMS.`, withdrawal: "Como desligar", version: "Este aviso",
    approve: "Eu aprovo", decline: "Agora não",
    nothing: "Seu número não foi enviado, nem nada que identifique você.",
    changed: "O aviso mudou", later: "Depois",
    goesOn: until => `Você aprovou um aviso anterior. Ele vale até ${until}; depois disso as mensagens param até você aprovar este.`,
    suspended: "O prazo acabou: nenhuma mensagem entra ou sai até você aprovar. Você também pode desligar o Assent.",
  },
  zh: {
    before: "在收集任何信息之前", who: "由谁负责", items: "收集哪些信息", purposes: "用途", retention: "保存多久",
    region: "存放在哪里", cost: "费用", smsMax: n => `最多 ${n} 条短信。`, withdrawal: "如何关闭", version: "本声明",
    approve: "我同意", decline: "暂不",
    nothing: "您的号码以及任何能识别您的信息都尚未发送。",
    changed: "声明已更新", later: "稍后",
    goesOn: until => `您同意过之前的声明，有效至 ${until}；此后在您同意本声明之前，消息将暂停收发。`,
    suspended: "期限已过：在您同意之前，消息无法收发。您也可以关闭 Assent。",
  },
};

export const LANGUAGES = { en: "English", hi: "हिन्दी", pt: "Português", zh: "中文" };

export function noticeWords(locale) {
  return NOTICE[locale.split("-")[0]] ?? NOTICE.en;
}

/// As people of the country write it; others in groups of three.
export function phoneNumber(e164) {
  const indian = /^\+91(\d{5})(\d{5})$/.exec(e164);
  if (indian) {
    return `+91 ${indian[1]} ${indian[2]}`;
  }
  const brazilian = /^\+55(\d\d)(\d{5})(\d{4})$/.exec(e164);
  if (brazilian) {
    return `+55 ${brazilian[1]} ${brazilian[2]}-${brazilian[3]}`;
  }
  return e164;
}

export function clock(instant) {
  return new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

export function dateAndTime(instant) {
  return new Date(instant).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
}

/// `waiting-messages` as people write it.
export function spoken(name) {
  return name.replaceAll("-", " ").toLowerCase();
}

export function capital(text) {
  return text === "" ? "" : text[0].toUpperCase() + text.slice(1);
}
